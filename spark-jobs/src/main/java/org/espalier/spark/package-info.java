/** Rounds of a search on Spark executors; the only package that knows Spark. */
package org.espalier.spark;
