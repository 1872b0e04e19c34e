/** What a real Prometheus Alertmanager does, to which the alert pipeline is held. */
@NullMarked
package io.puraify.blackbox.e2e.alertmanager;

import org.jspecify.annotations.NullMarked;
