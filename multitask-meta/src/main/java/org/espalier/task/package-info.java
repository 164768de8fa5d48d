/** Many learning tasks from one data set: disjoint classes and few-shot episodes. */
package org.espalier.task;
