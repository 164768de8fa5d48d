/** The step benchmark on DL4J's own layers, to show what the engine gains. */
package org.espalier.export.bench;
