/** Networks as data, their parameters, and running them. */
package org.espalier.network;
