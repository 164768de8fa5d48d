/** Several searches in one run, side by side: what one leaves of a cluster, the others fill. */
package org.espalier.search.several;
