/**
 * The default since release 1.33: least unused share of CPU, plus least unused share of memory, on
 * the new nodes.
 *
 * @source kubernetes/autoscaler, cluster-autoscaler/expander/waste/waste.go
 */
import { type Expander, least } from './expander.ts';

export const leastWaste: Expander = (options) =>
  least(options, ({ template, nodes, cpu, memory }) => {
    const cpuOffered = template.cpu * nodes;
    const memoryOffered = template.memory * nodes;
    return (cpuOffered - cpu) / cpuOffered + (memoryOffered - memory) / memoryOffered;
  });
