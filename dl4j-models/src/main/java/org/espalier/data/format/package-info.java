/** Reading data sets from files of any Hadoop file system, and the packed form that travels. */
package org.espalier.data.format;
