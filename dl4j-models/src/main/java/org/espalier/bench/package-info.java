/** The step benchmark: five networks trained on random data, to be compared with other engines. */
package org.espalier.bench;
