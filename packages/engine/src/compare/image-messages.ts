/**
 * The sentences of image-findings.ts in English and Simplified Chinese, for the message catalogue;
 * the notation of placeholders is the catalogue's.
 */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'finding.images':
    '{strategy|strategy} pulls {pulled|count} {pulled|plural:image,images} onto nodes ({gigabytes|count} GB over the network); the slowest takes {longest|duration}, its turn included.',
  'finding.images-unfinished':
    '{strategy|strategy}: {unfinished|count} images are still on their way at the end, or their nodes are gone.',
  'finding.image-failures':
    '{strategy|strategy}: {failures|count} attempts to pull an image fail and back off for 10 s and more.',
};

const ZH: Texts = {
  'finding.images':
    '{strategy|strategy}向节点拉取 {pulled|count} 次镜像（网络传输 {gigabytes|count} GB）；最慢一次连同排队用时 {longest|duration}。',
  'finding.images-unfinished':
    '{strategy|strategy}：到结束时有 {unfinished|count} 次镜像拉取尚未完成，或其节点已消失。',
  'finding.image-failures':
    '{strategy|strategy}：{failures|count} 次镜像拉取失败，退避 10 秒或更久后重试。',
};

export const IMAGE_MESSAGES: { readonly en: Texts; readonly 'zh-CN': Texts } = {
  en: EN,
  'zh-CN': ZH,
};
