/**
 * What proposes candidates: a policy is a distribution over the options of choices and an estimator
 * of the gradient that moves it, from rewards or from gradients of gates. Runs on the driver.
 */
package org.espalier.search.policy;
