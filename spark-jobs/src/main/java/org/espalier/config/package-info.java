/**
 * Strict configuration: YAML to settings records and back, with errors that name file, line, column
 * and key.
 */
package org.espalier.config;
