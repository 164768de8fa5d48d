/** Words as people type them. */
package org.espalier.text;
