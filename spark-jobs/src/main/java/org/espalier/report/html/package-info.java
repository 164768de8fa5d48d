/**
 * Draws reports: one renderer that turns a report's data into a page that needs nothing else. All
 * markup is made here, and all text is escaped here.
 */
package org.espalier.report.html;
