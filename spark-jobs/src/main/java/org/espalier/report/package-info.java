/**
 * Reports: what a run has to say, as data, and one renderer that turns it into a page that needs
 * nothing else. A method adds to the report by adding data, never markup.
 */
package org.espalier.report;
