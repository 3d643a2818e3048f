/**
 * The sentences of hpa-reason.ts in English and Simplified Chinese, for the message catalogue; the
 * notation of placeholders is the catalogue's (`{window|duration}`). Shares are 0..1, times µs.
 *
 * A sentence about a metric starts with its reading; the keys ending in `-value` have the reading
 * of metrics that are not a utilization.
 */
type Texts = Readonly<Record<string, string>>;

/** Sentences that follow the reading of a metric. */
const AFTER_READING_EN: Texts = {
  'hpa.scaled-up': 'asks for {proposal|count} replicas: scaled up.',
  'hpa.scaled-up-limited':
    'asks for {proposal|count} replicas; the scale-up limits allow {to|count} for now.',
  'hpa.scaled-up-stabilized':
    'asks for {proposal|count} replicas; the scale-up window takes the smallest proposal of the last {window|duration}: {to|count}.',
  'hpa.scaled-up-remembered':
    'asks for {proposal|count} replicas, but for {stabilized|count} within the last {window|duration}: scaled up to {to|count}.',
  'hpa.scaled-to-max': 'asks for {proposal|count} replicas; maxReplicas stops at {to|count}.',
  'hpa.scaled-down': 'asks for {proposal|count} replicas: scaled down.',
  'hpa.scaled-down-limited':
    'asks for {proposal|count} replicas; the scale-down limits allow {to|count} for now.',
  'hpa.scaled-down-stabilized':
    'asks for {proposal|count} replicas; the scale-down window takes the largest proposal of the last {window|duration}: {to|count}.',
  'hpa.scaled-to-min': 'asks for {proposal|count} replicas; minReplicas keeps {to|count}.',
  'hpa.within-tolerance': 'is within the tolerance: stays at {to|count}.',
  'hpa.steady': 'asks for {proposal|count} replicas, as there are.',
  'hpa.unknown-pods':
    'is off target, but pods whose load is unknown ({unready|count} unready, {missing|count} without a sample) may make up for it: stays at {to|count}.',
  'hpa.stabilized':
    'asks for {proposal|count} replicas; proposals of the last {window|duration} hold it at {to|count}.',
  'hpa.limited-by-policy':
    'asks for {proposal|count} replicas, but the scaling policies allow no change for now: stays at {to|count}.',
  'hpa.at-max': 'asks for {proposal|count} replicas, but is at maxReplicas: stays at {to|count}.',
  'hpa.at-min': 'asks for {proposal|count} replicas, but is at minReplicas: stays at {to|count}.',
};

const AFTER_READING_ZH: Texts = {
  'hpa.scaled-up': '需要 {proposal|count} 个副本：已扩容。',
  'hpa.scaled-up-limited': '需要 {proposal|count} 个副本；扩容限速目前只允许 {to|count} 个。',
  'hpa.scaled-up-stabilized':
    '需要 {proposal|count} 个副本；扩容稳定窗口取最近 {window|duration}内的最小建议值：{to|count} 个。',
  'hpa.scaled-up-remembered':
    '需要 {proposal|count} 个副本，但最近 {window|duration}内曾需要 {stabilized|count} 个：扩容到 {to|count} 个。',
  'hpa.scaled-to-max': '需要 {proposal|count} 个副本；受 maxReplicas 限制为 {to|count} 个。',
  'hpa.scaled-down': '需要 {proposal|count} 个副本：已缩容。',
  'hpa.scaled-down-limited': '需要 {proposal|count} 个副本；缩容限速目前只允许减到 {to|count} 个。',
  'hpa.scaled-down-stabilized':
    '需要 {proposal|count} 个副本；缩容稳定窗口取最近 {window|duration}内的最大建议值：{to|count} 个。',
  'hpa.scaled-to-min': '需要 {proposal|count} 个副本；minReplicas 保留 {to|count} 个。',
  'hpa.within-tolerance': '在容差之内：保持 {to|count} 个副本。',
  'hpa.steady': '需要 {proposal|count} 个副本，与现有数量相同。',
  'hpa.unknown-pods':
    '偏离目标，但负载未知的 Pod（{unready|count} 个未就绪，{missing|count} 个没有采样）可能抵消偏差：保持 {to|count} 个副本。',
  'hpa.stabilized':
    '需要 {proposal|count} 个副本；最近 {window|duration}内的建议值使其保持 {to|count} 个。',
  'hpa.limited-by-policy':
    '需要 {proposal|count} 个副本，但伸缩策略目前不允许变化：保持 {to|count} 个。',
  'hpa.at-max': '需要 {proposal|count} 个副本，但已达到 maxReplicas：保持 {to|count} 个。',
  'hpa.at-min': '需要 {proposal|count} 个副本，但已是 minReplicas：保持 {to|count} 个。',
};

const en: Texts = {
  ...afterReading(
    '{metric} at {utilization|percent} of its request (target {target|percent}, {ready|count} ready {ready|plural:pod,pods})',
    '',
    AFTER_READING_EN,
  ),
  ...afterReading('{metric} at {value} (target {target})', '-value', AFTER_READING_EN),
  'hpa.above-max': '{from|count} replicas were above maxReplicas: set to {to|count} at once.',
  'hpa.below-min': '{from|count} replicas were below minReplicas: set to {to|count} at once.',
  'hpa.disabled': 'Scaled to 0: the HPA is switched off until somebody sets replicas.',
  'hpa.blocked':
    'No valid reading of {metric}, which blocks a scale-down to {proposal|count}: stays at {replicas|count}.',
  'hpa.no-metrics': 'No reading of {metric}: stays at {replicas|count}.',
  'hpa.no-pods': 'No pods to read {metric} from: stays at {replicas|count}.',
  'hpa.no-ready-pods': '{metric}: no ready pod has a usable sample yet: stays at {replicas|count}.',
  'hpa.no-resource-request':
    'A container requests no {metric}, so there is no utilization: stays at {replicas|count}.',
  'hpa.invalid-target':
    'This type of metric ({metric}) does not take this type of target: stays at {replicas|count}.',
};

const zhCN: Texts = {
  ...afterReading(
    '{metric} 为请求量的 {utilization|percent}（目标 {target|percent}，{ready|count} 个就绪 Pod），',
    '',
    AFTER_READING_ZH,
  ),
  ...afterReading('{metric} 为 {value}（目标 {target}），', '-value', AFTER_READING_ZH),
  'hpa.above-max': '{from|count} 个副本超过 maxReplicas：立即设为 {to|count} 个。',
  'hpa.below-min': '{from|count} 个副本低于 minReplicas：立即设为 {to|count} 个。',
  'hpa.disabled': '副本数为 0：HPA 已停用，直到有人设置副本数。',
  'hpa.blocked':
    '{metric} 没有有效读数，因此不缩容到 {proposal|count} 个：保持 {replicas|count} 个副本。',
  'hpa.no-metrics': '没有 {metric} 的读数：保持 {replicas|count} 个副本。',
  'hpa.no-pods': '没有可读取 {metric} 的 Pod：保持 {replicas|count} 个副本。',
  'hpa.no-ready-pods': '{metric}：还没有就绪 Pod 的可用采样：保持 {replicas|count} 个副本。',
  'hpa.no-resource-request':
    '有容器未设置 {metric} 请求量，无法计算利用率：保持 {replicas|count} 个副本。',
  'hpa.invalid-target': '此类指标（{metric}）不支持此类目标：保持 {replicas|count} 个副本。',
};

export const HPA_MESSAGES: Readonly<Record<'en' | 'zh-CN', Texts>> = { en, 'zh-CN': zhCN };

function afterReading(reading: string, suffix: string, sentences: Texts): Texts {
  const gap = reading.endsWith('，') ? '' : ' ';
  const texts: Record<string, string> = {};
  for (const [key, sentence] of Object.entries(sentences)) {
    texts[`${key}${suffix}`] = `${reading}${gap}${sentence}`;
  }
  return texts;
}
