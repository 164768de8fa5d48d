/**
 * Files of our own: named blocks of numbers with a JSON header, versioned and hashed. Nothing is
 * ever read by Java deserialisation. And where files are, as people name them.
 */
package org.espalier.storage;
