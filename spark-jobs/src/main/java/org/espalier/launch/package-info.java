/** From a command line of Espalier to one of {@code spark-submit}: text alone, nothing is run. */
package org.espalier.launch;
