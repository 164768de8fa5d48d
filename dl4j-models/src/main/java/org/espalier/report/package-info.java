/**
 * Reports: what a run or a search has to say, as data. A {@link org.espalier.report.Report} has
 * chapters of {@link org.espalier.report.Section sections}: texts, tables, charts, drawings of
 * networks, pictures. A method adds to the report by adding data, never markup; how a section looks
 * is a matter of the renderer alone.
 */
package org.espalier.report;
