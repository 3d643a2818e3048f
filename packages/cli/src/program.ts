/** The command line as the user sees it. What a command does is loaded when it is called. */
import { Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from './exit-code.ts';
import {
  addCommonOptions,
  addConformanceOptions,
  addExperimentOptions,
  addFirstReplicationOptions,
  addScenarioOptions,
  addSimulationOptions,
  addWorkerOptions,
  type CommonOptions,
  type ConformanceOptions,
  type DigestOptions,
  type DryRunCliOptions,
  type ExperimentOptions,
  type ExplainOptions,
  parsePercent,
  type ScenarioOptions,
  type SimulationOptions,
} from './options.ts';

const EXAMPLES = `
Examples:
  peakless init sale.yaml                              write a starter scenario
  peakless compare sale.yaml                           compare its strategies, write a report
  peakless compare sale.yaml --set peakRps=20000       the same with another value
  peakless compare sale.yaml --json --no-report | jq .verdict
  peakless explain sale.yaml --at 08:00:20             why so many pods, at that instant
  peakless explain sale.yaml --requests                what happened to one buyer, and another
  peakless dry-run app.yaml --load sale.yaml           your own Deployment and HPA under a load
  peakless serve                                       the same in the browser

Exit codes:
  0 done · 1 failure · 2 usage · 99 a threshold is not met · 104 scenario invalid ·
  130 interrupted (143 by SIGTERM); what was complete is written`;

/** `finish` gets the exit code of the command that ran. */
export function buildProgram(version: string, finish: (code: ExitCode) => void): Command {
  const program = new Command('peakless')
    .description('How much capacity does the next peak need, when, and at what cost?')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .configureHelp({ sortSubcommands: false });
  addRun(program, finish);
  addCompare(program, finish);
  addExplain(program, finish);
  addValidate(program, finish);
  addSchema(program, finish);
  addServe(program, finish);
  addInit(program, finish);
  addDryRun(program, finish);
  addConformance(program, finish);
  addExperiment(program, finish);
  addDigest(program, finish);
  for (const command of [program, ...program.commands]) refuseWithCode(command);
  return program;
}

/** Usage errors carry a code like all others, and are thrown, so that output is flushed first. */
function refuseWithCode(command: Command): void {
  const help = command.parent === null ? 'peakless --help' : `peakless ${command.name()} --help`;
  command
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .showHelpAfterError(`See: ${help}`)
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, 'E_USAGE: ')),
    });
}

type Finish = (code: ExitCode) => void;

function addRun(program: Command, finish: Finish): void {
  addSimulationOptions(
    program
      .command('run')
      .description('simulate one strategy of a scenario')
      .argument('<scenario>', 'scenario file (YAML)')
      .option('--strategy <name>', 'which one (default: the first of the file)'),
  ).action(async (file: string, options: SimulationOptions & { strategy?: string }) => {
    const { run } = await import('./commands/run.ts');
    finish(await run(file, options));
  });
}

function addCompare(program: Command, finish: Finish): void {
  addSimulationOptions(
    program
      .command('compare')
      .description('simulate all strategies of each scenario and compare them')
      .argument('<scenario...>', 'scenario files (YAML)'),
  )
    .option('--report-dir <folder>', 'folder of the report <scenario>.html (default: reports)')
    .option('--no-report', 'write no report (with --json none is written unless asked for)')
    .action(async (files: string[], options: SimulationOptions) => {
      const { compare } = await import('./commands/compare.ts');
      finish(await compare(files, options));
    });
}

function addExplain(program: Command, finish: Finish): void {
  addFirstReplicationOptions(
    program
      .command('explain')
      .description('say in words why an autoscaler did what it did, or what requests met')
      .argument('<file>', 'scenario (YAML), or a comparison that --json or a .json report wrote')
      .option('--strategy <name>', 'which one (default: the first that has an autoscaler)')
      .option('--service <name>', 'one service (default: all)')
      .option('--at <time>', 'the decision in force then, and the pods: 08:00:20, +15m')
      .option('--from <time>', 'decisions, or arrivals of requests, from then on')
      .option('--to <time>', 'the same until then')
      .option('--changes', 'only decisions that change the replicas')
      .option('--requests', 'instead: what happened to a sample of the requests, one by one'),
  ).action(async (file: string, options: ExplainOptions) => {
    const { explain } = await import('./commands/explain.ts');
    finish(await explain(file, options));
  });
}

function addValidate(program: Command, finish: Finish): void {
  addScenarioOptions(
    program
      .command('validate')
      .description('check scenario files without simulating')
      .argument('<scenario...>', 'scenario files (YAML)'),
  )
    .option('--resolved', 'print the scenario with all defaults filled in')
    .action(async (files: string[], options: ScenarioOptions & { resolved?: boolean }) => {
      const { validate } = await import('./commands/validate.ts');
      finish(await validate(files, options));
    });
}

function addSchema(program: Command, finish: Finish): void {
  program
    .command('schema')
    .description('print the JSON Schema of scenario files, for editors')
    .option('--markdown', 'as a document instead')
    .action(async (options: { markdown?: boolean }) => {
      const { schema } = await import('./commands/schema.ts');
      finish(await schema(options));
    });
}

function addServe(program: Command, finish: Finish): void {
  addCommonOptions(
    program
      .command('serve')
      .description('serve the web page and its API')
      .option('--host <address>', 'address to listen on', '127.0.0.1')
      .option('--port <number>', 'port to listen on; 0 = any free one', parsePort, 7575),
  ).action(async (options: CommonOptions & { host: string; port: number }) => {
    const { serve } = await import('./commands/serve.ts');
    finish(await serve(options));
  });
}

function addInit(program: Command, finish: Finish): void {
  addCommonOptions(
    program
      .command('init')
      .description('write a commented starter scenario')
      .argument('[file]', 'the file to write', 'scenario.yaml')
      .option('--force', 'overwrite the file if it exists'),
  ).action(async (file: string, options: CommonOptions & { force?: boolean }) => {
    const { init } = await import('./commands/init.ts');
    finish(await init(file, options));
  });
}

function addDryRun(program: Command, finish: Finish): void {
  addSimulationOptions(
    program
      .command('dry-run')
      .description('try your own Deployment and HPA under the load of a scenario or a trace')
      .argument('<manifests>', 'Kubernetes objects (YAML), as written or from kubectl get -o yaml')
      .requiredOption('--load <file>', 'a scenario (YAML), or a trace (CSV: time, requests)')
      .option('--strategy <name>', 'of the scenario: take its start-up, nodes and schedule')
      .option('--service-time <duration>', 'of a request of the trace, on average (default: 50ms)')
      .option('--cpu-per-request <duration>', 'CPU time of a request of the trace (default: 25ms)')
      .option(
        '--observed <percent>',
        'a utilization that you saw: can it be? (305%)',
        parsePercent,
      ),
  ).action(async (file: string, options: DryRunCliOptions) => {
    const { dryRun } = await import('./commands/dry-run.ts');
    finish(await dryRun(file, options));
  });
}

function addConformance(program: Command, finish: Finish): void {
  addConformanceOptions(
    program
      .command('conformance')
      .description(
        'check results that must be reproduced: those of real autoscalers, exact queueing theory',
      )
      .argument('<file...>', 'files of them (JSON), such as test/conformance/hpa.json'),
  )
    .option('--json', 'JSON on standard output, and nothing else there')
    .action(async (files: string[], options: ConformanceOptions) => {
      const { conformance } = await import('./commands/conformance.ts');
      finish(await conformance(files, options));
    });
}

function addExperiment(program: Command, finish: Finish): void {
  addExperimentOptions(
    program
      .command('experiment')
      .description('predict a published experiment, beside what was observed (no id: list them)')
      .argument('[id]', 'the experiment, such as k8s-hpa-periodic-burst'),
  ).action(async (id: string | undefined, options: ExperimentOptions) => {
    const { experiment } = await import('./commands/experiment.ts');
    finish(await experiment(id, options));
  });
}

function addDigest(program: Command, finish: Finish): void {
  addWorkerOptions(
    program
      .command('digest')
      .description('simulate and print one hash of all results: equal hash, equal results')
      .argument('<scenario...>', 'scenario files (YAML)'),
  )
    .option('--cells', 'also one hash per strategy and replication (--json always has them)')
    .action(async (files: string[], options: DigestOptions) => {
      const { digest } = await import('./commands/digest.ts');
      finish(await digest(files, options));
    });
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Allowed: 0 to 65535.');
}
