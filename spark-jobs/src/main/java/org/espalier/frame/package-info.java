/** What the frame around searches costs: time of rounds beside the items in them. */
package org.espalier.frame;
