/** Training of one network on one device, and its evaluation. */
package org.espalier.training;
