/** Made-up traffic of a PURAIFY platform, and the demo that shows Blackbox with it. */
@NullMarked
package io.puraify.blackbox.server.demo;

import org.jspecify.annotations.NullMarked;
