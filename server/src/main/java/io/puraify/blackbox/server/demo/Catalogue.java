package io.puraify.blackbox.server.demo;

import java.util.List;

/** What the made-up platform does: engines, the platforms they call, and their actions. */
final class Catalogue {

  /** What an event says of its sender. */
  enum Engine {
    EXECUTION("execution", "execution", "exec", "4.12.3"),
    VALIDATION("validation", "validation", "valid", "2.7.0"),
    VAULT("vault", "credential_access", "vault", "1.19.2"),
    PLATFORM_BUILDER("platform_builder", "config_change", "builder", "3.4.1"),
    FEEDBACK_LOOP("feedback_loop", "feedback", "feedback", "0.9.8"),
    ENGINE_CONTROL("engine_control", "policy_check", "control", "2.2.5");

    private final String engineName;
    private final String eventType;
    private final String hostPrefix;
    private final String version;

    Engine(String engineName, String eventType, String hostPrefix, String version) {
      this.engineName = engineName;
      this.eventType = eventType;
      this.hostPrefix = hostPrefix;
      this.version = version;
    }

    String engineName() {
      return engineName;
    }

    String eventType() {
      return eventType;
    }

    String hostPrefix() {
      return hostPrefix;
    }

    String version() {
      return version;
    }
  }

  /**
   * Something that is done again and again.
   *
   * @param platform where it is done, or empty
   * @param medianMillis half of the calls are faster
   * @param messages what is said of a success, as {@link Phrase} reads it
   */
  record Action(String platform, String name, int medianMillis, List<String> messages) {
    Action {
      messages = List.copyOf(messages);
    }
  }

  /** Calls of platforms; the more often used platforms come first. */
  static final List<Action> CALLS =
      List.of(
          call(
              "Slack", "send_message", 180, "Posted to {channel}", "Message {id} posted in {n} ms"),
          call("Slack", "create_channel", 340, "Channel {channel} is ready"),
          call("Slack", "add_reaction", 90, "Reacted to message {id}"),
          call("HubSpot", "create_contact", 420, "Created contact {size}", "Contact {size} merged"),
          call("HubSpot", "update_deal", 380, "Deal {size} moved to stage {few}"),
          call("HubSpot", "search_contacts", 610, "Search returned {n} contacts"),
          call("Gmail", "send_email", 520, "Sent mail {id} to {n} recipients", "Mail {id} queued"),
          call("Gmail", "list_messages", 260, "Read {n} messages"),
          call("Notion", "create_page", 640, "Created page {page}"),
          call("Notion", "query_database", 720, "Read {n} rows of {table}"),
          call("Stripe", "create_charge", 890, "Charged {size} {currency}", "Charge {id} captured"),
          call("Stripe", "create_customer", 480, "Customer {id} created on plan {plan}"),
          call("Stripe", "refund", 930, "Refunded {size} {currency}"),
          call("Airtable", "create_record", 310, "Added a record to {table}"),
          call("Airtable", "list_records", 450, "Listed {n} records of {table}"),
          call("Google Sheets", "append_row", 560, "Row {size} appended to {table}"),
          call("Google Sheets", "read_range", 390, "Read {size} cells of {table}"),
          call(
              "Salesforce",
              "upsert_lead",
              780,
              "Lead {size} saved",
              "Lead {size} is known already"),
          call("Salesforce", "run_query", 1150, "Query returned {n} rows"),
          call("Mailchimp", "add_subscriber", 350, "Added a subscriber to {list}"),
          call("Shopify", "create_order", 590, "Order {size} created"),
          call("Shopify", "sync_inventory", 1400, "Synchronised {n} products"),
          call("Jira", "create_issue", 670, "Created issue OPS-{size}"),
          call("Trello", "move_card", 240, "Card {id} moved to list {few}"),
          call("Zendesk", "update_ticket", 430, "Ticket {size} updated"),
          call("Twilio", "send_sms", 300, "SMS {id} accepted"),
          call(
              "OpenAI", "complete", 2600, "Completion of {size} tokens", "Answered with {n} words"),
          call("Webhook", "post", 210, "Endpoint answered 200 with {size} bytes"));

  static final List<Action> VALIDATIONS =
      List.of(
          inner("check_payload", 6, "Payload is valid, {few} fields", "All {few} rules hold"),
          inner("check_schema", 4, "Schema of {table} matches"),
          inner("check_types", 3, "{n} values converted"));

  static final List<Action> CREDENTIAL_ACCESSES =
      List.of(
          inner("read_secret", 9, "Credential read, lease {n} min"),
          inner("refresh_token", 240, "Access token renewed for {n} min"),
          inner("rotate_key", 620, "Key rotated, version {n}"));

  static final List<Action> CONFIGURATION_CHANGES =
      List.of(
          inner("update_blueprint", 130, "Blueprint saved as revision {n}"),
          inner("add_step", 85, "Step {few} added"),
          inner("publish_flow", 960, "Published revision {n}"));

  static final List<Action> FEEDBACK =
      List.of(
          inner("notify_user", 150, "Asked the user to reconnect an account"),
          inner("collect_answer", 45, "The user answered after {n} min"));

  static final List<Action> POLICY_CHECKS =
      List.of(
          inner("authorize_run", 5, "Run allowed on plan {plan}"),
          inner("count_usage", 3, "{size} of 100000 runs used"),
          inner("schedule_run", 12, "Next run in {n} min"));

  /** The end of a flow's run. */
  static final List<Action> FLOW_RUNS =
      List.of(new Action("", "", 2900, List.of("Flow finished after {few} steps")));

  private Catalogue() {}

  private static Action call(String platform, String name, int medianMillis, String... messages) {
    return new Action(platform, name, medianMillis, List.of(messages));
  }

  private static Action inner(String name, int medianMillis, String... messages) {
    return new Action("", name, medianMillis, List.of(messages));
  }
}
