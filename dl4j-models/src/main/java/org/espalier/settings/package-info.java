/** What settings records have in common: defaults and the rules that their values obey. */
package org.espalier.settings;
