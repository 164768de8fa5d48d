/**
 * Runs on disk, on any Hadoop file system: configuration, events, checkpoints, lease, result.
 *
 * <p>A file is replaced whole or not at all where the file system allows it; a folder of files
 * counts only once its manifest, written last, agrees with it. So a run can be killed at any
 * moment.
 */
package org.espalier.run;
