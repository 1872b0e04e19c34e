/** Forms of text that both the API and the commands write. */
@NullMarked
package io.puraify.blackbox.server.text;

import org.jspecify.annotations.NullMarked;
