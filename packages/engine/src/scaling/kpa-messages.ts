/**
 * The sentences of kpa-reason.ts in English and Simplified Chinese, for the message catalogue; the
 * notation of placeholders is the catalogue's. The metric is concurrent requests or requests/s.
 */
type Texts = Readonly<Record<string, string>>;

const SENTENCES_EN: Texts = {
  'kpa.stable': 'asks for {to|count} {to|plural:pod,pods}.',
  'kpa.idle': 'asks for no pods.',
  'kpa.limited-up': 'asks for {asked|count} pods; the scale-up rate allows {to|count} for now.',
  'kpa.limited-down': 'asks for {asked|count} pods; the scale-down rate keeps {to|count} for now.',
  'kpa.activation': 'asks for {asked|count} pods; the activation scale is {to|count}.',
  'kpa.delayed':
    'asks for {asked|count} pods, {undelayed|count} within the limits; the most of the last {window|duration} counts: {to|count}.',
  'kpa.panic': 'asks for {asked|count} pods, in panic: {to|count}.',
  'kpa.panic-limited':
    'asks for {asked|count} pods, in panic; the scale-up rate allows {to|count} for now.',
  'kpa.panic-held':
    'asks for {asked|count} pods; in panic none are taken away: stays at {to|count}.',
  'kpa.raised':
    'asks for {decided|count} pods; the least for now is {to|count} (minScale, initialScale, or the last pod for a stable window).',
  'kpa.at-max': 'asks for {decided|count} pods; maxScale allows {to|count}.',
  'kpa.leaving': 'asks for no pods: the activator is put in front of the last {from|count} first.',
  'kpa.to-zero': 'asks for no pods, and the activator is in front: from {from|count} to none.',
};

const SENTENCES_ZH: Texts = {
  'kpa.stable': '需要 {to|count} 个 Pod。',
  'kpa.idle': '不需要 Pod。',
  'kpa.limited-up': '需要 {asked|count} 个 Pod；扩容速率目前只允许 {to|count} 个。',
  'kpa.limited-down': '需要 {asked|count} 个 Pod；缩容速率目前保留 {to|count} 个。',
  'kpa.activation': '需要 {asked|count} 个 Pod；激活规模为 {to|count} 个。',
  'kpa.delayed':
    '需要 {asked|count} 个 Pod，限速后为 {undelayed|count} 个；取最近 {window|duration}内的最大值：{to|count} 个。',
  'kpa.panic': '需要 {asked|count} 个 Pod，处于恐慌模式：{to|count} 个。',
  'kpa.panic-limited':
    '需要 {asked|count} 个 Pod，处于恐慌模式；扩容速率目前只允许 {to|count} 个。',
  'kpa.panic-held': '需要 {asked|count} 个 Pod；恐慌模式下不缩容：保持 {to|count} 个。',
  'kpa.raised':
    '需要 {decided|count} 个 Pod；目前至少保留 {to|count} 个（minScale、initialScale，或稳定窗口内的最后一个 Pod）。',
  'kpa.at-max': '需要 {decided|count} 个 Pod；maxScale 只允许 {to|count} 个。',
  'kpa.leaving': '不需要 Pod：先让 activator 接到最后 {from|count} 个 Pod 之前。',
  'kpa.to-zero': '不需要 Pod，activator 已在前面：从 {from|count} 个缩到 0 个。',
};

const en: Texts = {
  ...afterReading(
    'Load {average} (target {target} per pod, {ready|count} ready {ready|plural:pod,pods}) ',
    SENTENCES_EN,
  ),
  'kpa.poked':
    'A request came while no pod was wanted: the activator holds it and wakes the autoscaler at once, without its tick: {to|count}.',
  'kpa.no-metric': 'No reading of the load yet: no decision.',
  'kpa.no-pod-count': 'The ready pods could not be counted: no decision.',
};

const zhCN: Texts = {
  ...afterReading(
    '负载 {average}（每个 Pod 目标 {target}，{ready|count} 个就绪 Pod），',
    SENTENCES_ZH,
  ),
  'kpa.poked':
    '没有 Pod 时来了请求：activator 扣住请求并立即唤醒自动扩缩器，不等周期：{to|count} 个。',
  'kpa.no-metric': '还没有负载读数：不作决定。',
  'kpa.no-pod-count': '无法统计就绪 Pod：不作决定。',
};

export const KPA_MESSAGES: Readonly<Record<'en' | 'zh-CN', Texts>> = { en, 'zh-CN': zhCN };

function afterReading(reading: string, sentences: Texts): Texts {
  const texts: Record<string, string> = {};
  for (const [key, sentence] of Object.entries(sentences)) texts[key] = `${reading}${sentence}`;
  return texts;
}
