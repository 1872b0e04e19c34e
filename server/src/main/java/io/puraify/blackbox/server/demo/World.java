package io.puraify.blackbox.server.demo;

import static io.puraify.blackbox.server.demo.JsonLine.member;
import static io.puraify.blackbox.server.demo.JsonLine.piece;

import io.puraify.blackbox.server.demo.Catalogue.Action;
import io.puraify.blackbox.server.demo.Catalogue.Engine;
import java.util.List;

/** Who and what there is: projects with their flows, and the steps that flows are made of. */
final class World {

  static final int PROJECTS = 400;
  static final int FLOWS_A_PROJECT = 10;
  static final int USERS = 50_000;
  static final int STEPS_A_FLOW = 6;

  private static final String[] SUBJECTS = {
    "lead",
    "order",
    "invoice",
    "ticket",
    "contact",
    "refund",
    "signup",
    "survey",
    "payment",
    "shipment",
    "newsletter",
    "contract",
    "review",
    "booking",
    "stock",
    "report"
  };
  private static final String[] VERBS = {
    "submit", "sync", "notify", "enrich", "approve", "archive", "import", "route", "remind", "score"
  };

  /** A flow's name and environment as bytes, and which calls its steps make. */
  static final class Flow {

    private final byte[] head;
    private final int[] calls;

    private Flow(String head, int[] calls) {
      this.head = piece(head);
      this.calls = calls;
    }

    void writeHead(JsonLine line) {
      line.put(head);
    }

    /** The call that a step makes; steps are counted from 0. */
    int call(int step) {
      return calls[step];
    }
  }

  private final Weighted projects = new Weighted(PROJECTS, rank -> 100_000 / (rank + 8));
  private final byte[][] projectHeads = new byte[PROJECTS][];
  private final Flow[] flows = new Flow[PROJECTS * FLOWS_A_PROJECT];

  private final Step[] calls;
  private final Step[][] validations;
  private final Step[][] credentialAccesses;
  private final Step[] configurationChanges;
  private final Step[] feedback;
  private final Step[] policyChecks;
  private final Step flowRun;

  World(Dice dice) {
    List<Action> actions = Catalogue.CALLS;
    calls = new Step[actions.size()];
    validations = new Step[actions.size()][];
    credentialAccesses = new Step[actions.size()][];
    for (int i = 0; i < calls.length; i++) {
      Action action = actions.get(i);
      String platform = action.platform();
      calls[i] =
          new Step(
              Engine.EXECUTION, Engine.EXECUTION.eventType(), platform, action, Failure.OF_CALLS);
      validations[i] =
          steps(Engine.VALIDATION, platform, Catalogue.VALIDATIONS, Failure.OF_VALIDATION);
      credentialAccesses[i] =
          steps(Engine.VAULT, platform, Catalogue.CREDENTIAL_ACCESSES, Failure.OF_VAULT);
    }
    configurationChanges =
        steps(Engine.PLATFORM_BUILDER, "", Catalogue.CONFIGURATION_CHANGES, Failure.OF_BUILDER);
    feedback = steps(Engine.FEEDBACK_LOOP, "", Catalogue.FEEDBACK, Failure.OF_FEEDBACK);
    policyChecks = steps(Engine.ENGINE_CONTROL, "", Catalogue.POLICY_CHECKS, Failure.OF_CONTROL);
    flowRun =
        new Step(
            Engine.EXECUTION, "flow_run", "", Catalogue.FLOW_RUNS.getFirst(), Failure.OF_CALLS);
    fillProjects(dice);
  }

  private static Step[] steps(
      Engine engine, String platform, List<Action> actions, List<Failure> failures) {
    return actions.stream()
        .map(action -> new Step(engine, engine.eventType(), platform, action, failures))
        .toArray(Step[]::new);
  }

  private void fillProjects(Dice dice) {
    Weighted popularity = new Weighted(calls.length, rank -> 1000 / (rank + 4));
    for (int project = 0; project < PROJECTS; project++) {
      projectHeads[project] = piece("{\"project_id\":\"pf_" + (100 + project) + '"');
      for (int i = 0; i < FLOWS_A_PROJECT; i++) {
        int number = project * FLOWS_A_PROJECT + i;
        int[] steps = new int[STEPS_A_FLOW];
        for (int step = 0; step < STEPS_A_FLOW; step++) {
          steps[step] = popularity.pick(dice.next());
        }
        flows[number] = new Flow(flowHead(number, dice), steps);
      }
    }
  }

  private static String flowHead(int number, Dice dice) {
    String subject = SUBJECTS[dice.below(SUBJECTS.length)];
    String verb = VERBS[dice.below(VERBS.length)];
    int mood = dice.below(100);
    String environment = mood < 86 ? "prod" : mood < 95 ? "staging" : "dev";
    return member("flow_id", subject + "_" + verb + "_" + number)
        + member("environment", environment);
  }

  /** The project of a user; large projects have many. */
  int projectOf(int user) {
    return projects.pick(Dice.mix(user + 1));
  }

  /** The opening brace and the project of an event. */
  byte[] projectHead(int project) {
    return projectHeads[project];
  }

  Flow flow(int project, int number) {
    return flows[project * FLOWS_A_PROJECT + number];
  }

  /** The call that a flow's step makes. */
  Step call(int call) {
    return calls[call];
  }

  /** One of the checks before a call. */
  Step validation(int call, long bits) {
    return pick(validations[call], bits);
  }

  /** One of the ways to get at a call's credentials. */
  Step credentialAccess(int call, long bits) {
    return pick(credentialAccesses[call], bits);
  }

  Step configurationChange(long bits) {
    return pick(configurationChanges, bits);
  }

  Step feedback(long bits) {
    return pick(feedback, bits);
  }

  Step policyCheck(long bits) {
    return pick(policyChecks, bits);
  }

  Step flowRun() {
    return flowRun;
  }

  private static Step pick(Step[] steps, long bits) {
    return steps[Dice.below(bits << 32, steps.length)];
  }
}
