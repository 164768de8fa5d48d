/** Random changes to training images that keep their class. */
package org.espalier.augment;
