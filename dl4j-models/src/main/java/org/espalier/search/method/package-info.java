/**
 * How the rest of the program knows a search method: {@link org.espalier.search.method.Method} is
 * what a line of the registry names.
 */
package org.espalier.search.method;
