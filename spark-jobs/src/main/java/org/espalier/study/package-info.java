/** Studies of search methods where the truth is known. */
package org.espalier.study;
