/** Words as people type them, and what is said to people of what they gave. */
package org.espalier.text;
