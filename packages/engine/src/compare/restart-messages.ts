/**
 * The sentence of restart-findings.ts in English and Simplified Chinese, for the message catalogue;
 * the notation of placeholders is the catalogue's.
 */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'finding.restarts':
    '{strategy|strategy}: {total|count} container {total|plural:restart,restarts}: {probes|count} killed by a startup or liveness probe, {outOfMemory|count} out of memory (OOM), {crashes|count} crashed. What their pods held failed.',
};

const ZH: Texts = {
  'finding.restarts':
    '{strategy|strategy}：容器重启 {total|count} 次：启动或存活探针杀死 {probes|count} 次，内存不足（OOM）{outOfMemory|count} 次，崩溃 {crashes|count} 次。这些 Pod 手中的请求全部失败。',
};

export const RESTART_MESSAGES: { readonly en: Texts; readonly 'zh-CN': Texts } = {
  en: EN,
  'zh-CN': ZH,
};
