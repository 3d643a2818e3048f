/**
 * The sentences of keda.ts and of predictive scaling in English and Simplified Chinese, for the
 * message catalogue; the notation of placeholders is the catalogue's.
 */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'advice.cpu-request':
    '{service}: its pods request {request} of CPU; by what they used, {target} would do (recommended between {lower} and {upper}). The advice of the Vertical Pod Autoscaler, not applied.',
  'advice.cpu-request-open':
    '{service}: its pods request {request} of CPU; by what they used, {target} would do (recommended at least {lower}; the run is too short to bound it above). The advice of the Vertical Pod Autoscaler, not applied.',
  'advice.cpu-request-none':
    '{service}: its pods request no CPU; by what they used, {target} would do (recommended between {lower} and {upper}). The advice of the Vertical Pod Autoscaler, not applied.',
  'advice.cpu-request-none-open':
    '{service}: its pods request no CPU; by what they used, {target} would do (recommended at least {lower}; the run is too short to bound it above). The advice of the Vertical Pod Autoscaler, not applied.',
  'note.keda':
    '{service}: KEDA from {min|count} to {max|count} replicas, triggers asked every {polling|duration}; between minimum and maximum the HPA decides.',
  'note.keda.cron':
    '{service}: cron trigger, {replicas|count} {replicas|plural:replica,replicas} from {start} to {end}.',
  'note.keda.request-rate':
    '{service}: trigger on the request rate, {threshold|rate} per replica, over {window|duration}.',
  'note.keda.queue-length':
    '{service}: trigger on the queue length, {threshold} waiting requests per replica.',
  'note.keda.cpu': '{service}: trigger on CPU, target {target|percent}.',
  'note.kpa.concurrency':
    '{service}: Knative Pod Autoscaler, target {target} concurrent requests per pod, from {min|count} pods, no maximum.',
  'note.kpa.concurrency-max':
    '{service}: Knative Pod Autoscaler, target {target} concurrent requests per pod, from {min|count} to {max|count} pods.',
  'note.kpa.rps':
    '{service}: Knative Pod Autoscaler, target {target} requests/s per pod, from {min|count} pods, no maximum.',
  'note.kpa.rps-max':
    '{service}: Knative Pod Autoscaler, target {target} requests/s per pod, from {min|count} to {max|count} pods.',
  'note.predictive':
    '{service}: predictive scaling {lead|duration} ahead, {perPod|rate} per pod, or the HPA where that asks for more, from {min|count} to {max|count} replicas.',
  'note.predictive-unknown': '{service}: the forecast knows of no sale: it expects the base rate.',
  'trap.tolerance-cron':
    '{service}: tolerance: the cron trigger asks for {to|count} replicas where {from|count} run; the ratio {ratio} is within the tolerance of {tolerance|percent}, so the HPA does nothing. Raise desiredReplicas, or use a schedule, which raises minReplicas.',
  'keda.activated': 'KEDA: a trigger is active: from {from|count} to {to|count} replicas at once.',
  'keda.active': 'KEDA: a trigger is active: stays at {to|count}, the HPA decides.',
  'keda.cooldown':
    'KEDA: no trigger is active, but less than {cooldown|duration} ago one was: stays at {to|count}.',
  'keda.deactivated':
    'KEDA: no trigger has been active for {cooldown|duration}: from {from|count} to {to|count} replicas.',
  'keda.failing': 'KEDA: a trigger fails and none is active: stays at {to|count}.',
  'keda.fallback':
    'KEDA: a trigger fails and none is active: stays at {to|count}, the fallback goes through the HPA.',
  'keda.raised': 'KEDA: {from|count} replicas are below minReplicas: set to {to|count}.',
  'keda.idle': 'KEDA: no trigger is active: stays at {to|count}.',
  'predictive.forecast':
    'Forecast for {ahead|clock}: it needs {to|count} replicas, so they are added now.',
};

const ZH: Texts = {
  'advice.cpu-request':
    '{service}：Pod 的 CPU request 为 {request}；按实际用量，{target} 即可（建议 {lower} 到 {upper}）。这是 Vertical Pod Autoscaler 的建议，并未应用。',
  'advice.cpu-request-open':
    '{service}：Pod 的 CPU request 为 {request}；按实际用量，{target} 即可（建议不低于 {lower}；运行时间太短，无法给出上限）。这是 Vertical Pod Autoscaler 的建议，并未应用。',
  'advice.cpu-request-none':
    '{service}：Pod 没有 CPU request；按实际用量，{target} 即可（建议 {lower} 到 {upper}）。这是 Vertical Pod Autoscaler 的建议，并未应用。',
  'advice.cpu-request-none-open':
    '{service}：Pod 没有 CPU request；按实际用量，{target} 即可（建议不低于 {lower}；运行时间太短，无法给出上限）。这是 Vertical Pod Autoscaler 的建议，并未应用。',
  'note.keda':
    '{service}：KEDA，{min|count} 到 {max|count} 个副本，每 {polling|duration}询问一次触发器；在最小与最大之间由 HPA 决定。',
  'note.keda.cron': '{service}：cron 触发器，从 {start} 到 {end} 保持 {replicas|count} 个副本。',
  'note.keda.request-rate':
    '{service}：触发器为请求速率，每个副本 {threshold|rate}，统计 {window|duration}。',
  'note.keda.queue-length': '{service}：触发器为队列长度，每个副本 {threshold} 个等待的请求。',
  'note.keda.cpu': '{service}：触发器为 CPU，目标 {target|percent}。',
  'note.kpa.concurrency':
    '{service}：Knative 自动扩缩（KPA），每个 Pod 目标 {target} 个并发请求，至少 {min|count} 个 Pod，无上限。',
  'note.kpa.concurrency-max':
    '{service}：Knative 自动扩缩（KPA），每个 Pod 目标 {target} 个并发请求，{min|count} 到 {max|count} 个 Pod。',
  'note.kpa.rps':
    '{service}：Knative 自动扩缩（KPA），每个 Pod 目标每秒 {target} 个请求，至少 {min|count} 个 Pod，无上限。',
  'note.kpa.rps-max':
    '{service}：Knative 自动扩缩（KPA），每个 Pod 目标每秒 {target} 个请求，{min|count} 到 {max|count} 个 Pod。',
  'note.predictive':
    '{service}：预测式扩缩，提前 {lead|duration}，每个 Pod {perPod|rate}；与 HPA 取较大者，{min|count} 到 {max|count} 个副本。',
  'note.predictive-unknown': '{service}：预测不知道任何促销：只按基础流量预测。',
  'trap.tolerance-cron':
    '{service}：容差：cron 触发器要求从 {from|count} 个副本增加到 {to|count} 个，比例为 {ratio}，在 {tolerance|percent} 的容差之内：HPA 不会扩容。请提高 desiredReplicas，或改用提高 minReplicas 的计划。',
  'keda.activated': 'KEDA：有触发器处于活动状态：立即从 {from|count} 个副本扩到 {to|count} 个。',
  'keda.active': 'KEDA：有触发器处于活动状态：保持 {to|count} 个，由 HPA 决定。',
  'keda.cooldown':
    'KEDA：没有活动的触发器，但 {cooldown|duration}内曾有过：保持 {to|count} 个副本。',
  'keda.deactivated':
    'KEDA：{cooldown|duration}以来没有活动的触发器：从 {from|count} 个副本缩到 {to|count} 个。',
  'keda.failing': 'KEDA：触发器出错且没有活动的触发器：保持 {to|count} 个副本。',
  'keda.fallback': 'KEDA：触发器出错且没有活动的触发器：保持 {to|count} 个副本，回退由 HPA 执行。',
  'keda.raised': 'KEDA：{from|count} 个副本少于 minReplicas：设为 {to|count} 个。',
  'keda.idle': 'KEDA：没有活动的触发器：保持 {to|count} 个副本。',
  'predictive.forecast': '对 {ahead|clock} 的预测需要 {to|count} 个副本：现在就扩容。',
};

export const KEDA_MESSAGES: Readonly<Record<'en' | 'zh-CN', Texts>> = { en: EN, 'zh-CN': ZH };
