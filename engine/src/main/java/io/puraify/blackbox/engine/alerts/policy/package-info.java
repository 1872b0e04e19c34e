/** What is worth an alert, and who hears of it: policies as people write them. */
@NullMarked
package io.puraify.blackbox.engine.alerts.policy;

import org.jspecify.annotations.NullMarked;
