/** A small method of search that only tests have: what a method is when it writes its own alone. */
package org.espalier.toy;
