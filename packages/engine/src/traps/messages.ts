/**
 * What the traps say, in English and Simplified Chinese, for the message catalogue; the notation of
 * placeholders is the catalogue's. Each names the trap, what it does here, and a way out.
 */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'trap.no-request-blind':
    '{service}: CPU request missing: the HPA targets a share of the request and cannot compute it, so it never scales (FailedGetResourceMetric). Set resources.requests.cpu on every container.',
  'trap.no-request':
    '{service}: CPU request missing: its pods are placed as if they needed no CPU. Set resources.requests.cpu on every container.',
  'trap.limit-above-request':
    '{service}: its pods may use {limit}m CPU but reserve {request}m, so those that share a {type} may together use more than it has. The simulation has no such contention: capacity and cost look better than they are. Compare with request = limit.',
  'trap.empty-behavior':
    '{service}: `behavior: {}` is not the same as no behavior: scale-up is then limited to 4 pods or 100 % per 15 s, counted from earlier scalings, instead of max(2 × current, 4) at each sync. Leave the field out, or write the policies that you mean.',
  'trap.target-above-limit':
    '{service}: this HPA never scales up: a pod shows at most {highest|percent} of its CPU request (limit {cpu}m ÷ request {request}m), the target is {target|percent}. Lower the target, or raise the limit.',
  'trap.target-above-slots':
    '{service}: this HPA never scales up: with all slots busy a pod uses {cpu}m, {highest|percent} of its CPU request, the target is {target|percent}. Lower the target or the request, or raise concurrency.',
  'trap.rate-above-slots':
    '{service}: {metric} never asks for more replicas: with all slots busy a pod works off {highest|rate}, the target is {perPod|rate}. Lower the target, or use a metric that grows with the load (arrival-rate, queue-length).',
  'trap.observed-above-limit':
    '{service}: {observed|percent} cannot occur: a pod shows at most {highest|percent} of its CPU request (limit {cpu}m ÷ request {request}m).',
  'trap.observed-above-slots':
    '{service}: {observed|percent} cannot occur: with all slots busy a pod uses {cpu}m, {highest|percent} of its CPU request.',
  'trap.clipped-by-limit':
    '{service}: at the peak the load asks for {demanded|percent} of the CPU request of {replicas|count} {replicas|plural:pod,pods}, but such a utilization cannot occur: a pod shows at most {highest|percent} (limit {cpu}m ÷ request {request}m). The HPA sees a smaller overload than there is and grows at most {factor}-fold per step.',
  'trap.clipped-by-slots':
    '{service}: at the peak the load asks for {demanded|percent} of the CPU request of {replicas|count} {replicas|plural:pod,pods}, but such a utilization cannot occur: with all slots busy a pod uses {cpu}m, {highest|percent}. The HPA sees a smaller overload than there is and grows at most {factor}-fold per step.',
  'trap.quota-below-max':
    '{service}: the quota holds {fits|count} of its pods at most, maxReplicas is {max|count}: the HPA asks for more, and nothing happens. Raise the quota, or lower maxReplicas.',
  'trap.max-below-peak':
    '{service}: maxReplicas {max|count} is too small for the peak: at {peak|rate} the target needs {needed|count} replicas.',
  'trap.max-reached':
    '{service}: maxReplicas {max|count} reached at {at|clock}; it held the HPA back for {held|duration}, which asked for up to {wanted|count}.',
  'trap.tolerance-schedule':
    '{service}: tolerance: the pre-scale at {at|clock} from {from|count} to {to|count} replicas is a ratio of {ratio}, within the tolerance of {tolerance|percent}. As minReplicas it works; by a metric (a cron trigger of an event autoscaler, say) it would be ignored.',
  'trap.tolerance':
    '{service}: tolerance: from {at|clock} the target asked for up to {wanted|count} replicas where {replicas|count} ran; within {tolerance|percent} the HPA does nothing. A pre-scale as small as that, by a metric, would be lost as well.',
  'trap.stabilized-tail':
    '{service}: stabilization keeps the tail: for {held|duration} in all, up to {most|count} replicas more than the metrics ask for, because scale-down takes the largest proposal of the last {window|duration}.',
  'trap.readiness-grid':
    '{service}: the readiness grid is slower than the burst: the load doubles within {rise|duration}, while a pod that is up waits up to {grid|duration} for its readiness probe. Set periodSeconds: 1.',
  'trap.readiness-grid-step':
    '{service}: the readiness grid is slower than the burst: the load doubles at once, while a pod that is up waits up to {grid|duration} for its readiness probe. Set periodSeconds: 1.',
  'trap.consolidated-nodes':
    '{strategy|strategy}: Karpenter removed {removed|count} {removed|plural:node,nodes} that stood ready and empty ({from|clock} to {until|clock}) and had to order {ordered|count} again from {at|clock} on. Set consolidateAfter to longer than they are to wait (10m to 30m), or a budget of nodes: 0 until the sale is over.',
  'dry-run.ignored': '{object}: not simulated, and without effect on the result.',
  'dry-run.assumed':
    '{service}: the trace says nothing of the work per request: a service time of {time} on average (lognormal, cv 1) and {cpu} of CPU are taken. Set --service-time and --cpu-per-request.',
};

const ZH: Texts = {
  'trap.no-request-blind':
    '{service}：缺少 CPU request：HPA 以占 request 的比例为目标，无法计算，因此永不伸缩（FailedGetResourceMetric）。请为每个容器设置 resources.requests.cpu。',
  'trap.no-request':
    '{service}：缺少 CPU request：调度时按不需要 CPU 处理。请为每个容器设置 resources.requests.cpu。',
  'trap.limit-above-request':
    '{service}：Pod 的 CPU limit 为 {limit}m，request 只有 {request}m，同一 {type} 节点上的 Pod 合计用量可能超过节点。仿真不含这种争用，容量与成本会显得过于乐观。请与 request = limit 的情形对比。',
  'trap.empty-behavior':
    '{service}：`behavior: {}` 不等于没有 behavior：扩容将限于每 15 秒 4 个 Pod 或 100%（从之前的伸缩算起），而不是每次同步 max(2 × 当前, 4)。请去掉该字段，或写明所要的策略。',
  'trap.target-above-limit':
    '{service}：此 HPA 永远不会扩容：一个 Pod 最多显示其 CPU request 的 {highest|percent}（limit {cpu}m ÷ request {request}m），目标为 {target|percent}。请降低目标或提高 limit。',
  'trap.target-above-slots':
    '{service}：此 HPA 永远不会扩容：并发槽全忙时一个 Pod 用 {cpu}m，即其 CPU request 的 {highest|percent}，目标为 {target|percent}。请降低目标或 request，或提高 concurrency。',
  'trap.rate-above-slots':
    '{service}：{metric} 永远不会要求更多副本：并发槽全忙时一个 Pod 最多处理 {highest|rate}，目标为 {perPod|rate}。请降低目标，或使用随负载增长的指标（arrival-rate、queue-length）。',
  'trap.observed-above-limit':
    '{service}：不可能出现 {observed|percent}：一个 Pod 最多显示其 CPU request 的 {highest|percent}（limit {cpu}m ÷ request {request}m）。',
  'trap.observed-above-slots':
    '{service}：不可能出现 {observed|percent}：并发槽全忙时一个 Pod 用 {cpu}m，即其 CPU request 的 {highest|percent}。',
  'trap.clipped-by-limit':
    '{service}：峰值负载需要 {replicas|count} 个 Pod 的 CPU request 的 {demanded|percent}，但这样的利用率不可能出现：一个 Pod 最多显示 {highest|percent}（limit {cpu}m ÷ request {request}m）。HPA 看到的过载小于实际，每步最多扩到 {factor} 倍。',
  'trap.clipped-by-slots':
    '{service}：峰值负载需要 {replicas|count} 个 Pod 的 CPU request 的 {demanded|percent}，但这样的利用率不可能出现：并发槽全忙时一个 Pod 用 {cpu}m，即 {highest|percent}。HPA 看到的过载小于实际，每步最多扩到 {factor} 倍。',
  'trap.quota-below-max':
    '{service}：配额最多容纳 {fits|count} 个 Pod，而 maxReplicas 为 {max|count}：HPA 会要求更多副本，却得不到。请提高配额，或降低 maxReplicas。',
  'trap.max-below-peak':
    '{service}：maxReplicas {max|count} 对峰值太小：{peak|rate} 时按目标需要 {needed|count} 个副本。',
  'trap.max-reached':
    '{service}：{at|clock} 达到 maxReplicas {max|count}；它限制 HPA 共 {held|duration}，期间最多需要 {wanted|count} 个。',
  'trap.tolerance-schedule':
    '{service}：容差：{at|clock} 的预扩容从 {from|count} 到 {to|count} 个副本，比值 {ratio}，在 {tolerance|percent} 的容差之内。以 minReplicas 实现有效；以指标实现（例如事件自动伸缩器的定时触发器）会被忽略。',
  'trap.tolerance':
    '{service}：容差：从 {at|clock} 起按目标最多需要 {wanted|count} 个副本，运行 {replicas|count} 个；在 {tolerance|percent} 之内 HPA 不动作。这样小的预扩容如果用指标实现，同样会落空。',
  'trap.stabilized-tail':
    '{service}：稳定窗口留住尾部：共 {held|duration}，比指标所需最多多 {most|count} 个副本，因为缩容取最近 {window|duration} 内的最大建议值。',
  'trap.readiness-grid':
    '{service}：就绪探测的间隔比突发更慢：负载在 {rise|duration} 内翻倍，而已启动的 Pod 最多要等 {grid|duration} 才被探测。请设置 periodSeconds: 1。',
  'trap.readiness-grid-step':
    '{service}：就绪探测的间隔比突发更慢：负载瞬间翻倍，而已启动的 Pod 最多要等 {grid|duration} 才被探测。请设置 periodSeconds: 1。',
  'trap.consolidated-nodes':
    '{strategy|strategy}：Karpenter 移除了 {removed|count} 个提前就绪的空节点（{from|clock} 至 {until|clock}），从 {at|clock} 起又不得不重新申请 {ordered|count} 个。请把 consolidateAfter 设得比等待时间更长（10m 至 30m），或设置 nodes: 0 的预算直到活动结束。',
  'dry-run.ignored': '{object}：不参与模拟，对结果没有影响。',
  'dry-run.assumed':
    '{service}：轨迹不含每个请求的工作量：取平均服务时间 {time}（对数正态，cv 1）和 {cpu} CPU。可用 --service-time 与 --cpu-per-request 设置。',
};

export const TRAP_MESSAGES = { en: EN, 'zh-CN': ZH } as const;
