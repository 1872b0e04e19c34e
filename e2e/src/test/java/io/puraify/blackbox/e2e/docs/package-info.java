/** Holds the documents to what is true: commands run, links lead somewhere, names exist. */
@NullMarked
package io.puraify.blackbox.e2e.docs;

import org.jspecify.annotations.NullMarked;
