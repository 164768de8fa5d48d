/** The command line: commands, options, what is said on the terminal, exit codes. */
package org.espalier.cli;
