/**
 * What proposes candidates: distributions over the options of choices, and what moves them, which
 * is rewards or gradients of gates. Runs on the driver.
 */
package org.espalier.search.policy;
