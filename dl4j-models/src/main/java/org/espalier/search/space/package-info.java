/**
 * The networks of a family that differ in their widths: which choices there are, which networks are
 * within a budget, and what one would do without a search. Shared by every method that searches
 * widths.
 */
package org.espalier.search.space;
