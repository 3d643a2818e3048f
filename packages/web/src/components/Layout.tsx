/** Header, content, footer; title and language of the document follow the page. */
import {
  ActionIcon,
  Group,
  type MantineColorScheme,
  Menu,
  SegmentedControl,
  useMantineColorScheme,
} from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES, type Language, readLanguage } from '../i18n.ts';
import { readVersion } from '../lib/api.ts';
import { useLanguage } from '../lib/use-language.ts';
import classes from './Layout.module.css';
import { Logo } from './Logo.tsx';

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'EN', 'zh-CN': '中文' };
const SCHEMES = [
  { value: 'light', label: 'scheme.light', Icon: IconSun },
  { value: 'dark', label: 'scheme.dark', Icon: IconMoon },
  { value: 'auto', label: 'scheme.auto', Icon: IconDeviceDesktop },
] as const;

export function Layout() {
  const { t } = useTranslation();
  return (
    <div className={classes.layout}>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <div className={`page ${classes.bar}`}>
          <Link to="/" className={classes.brand} aria-label={t('app.home')}>
            <Logo size={30} />
            <span className={classes.name}>{t('app.name')}</span>
            <span className={classes.tagline}>{t('app.tagline')}</span>
          </Link>
          <Group gap={10} wrap="nowrap">
            <LanguageSwitch />
            <SchemeMenu />
          </Group>
        </div>
      </header>
      <main id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
    </div>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { lang } = useSearch({ from: '__root__' });
  const fromLink = readLanguage(lang);
  useEffect(() => {
    if (fromLink && fromLink !== language) void chooseLanguage(fromLink);
  }, [fromLink, language]);
  return (
    <SegmentedControl
      size="xs"
      radius="xl"
      aria-label={t('language.label')}
      value={language}
      onChange={(value) => {
        // The link carries the language, so that who gets it reads the same page.
        void navigate({
          to: '.',
          search: (old) => ({ ...old, lang: value }),
          replace: true,
          resetScroll: false,
        });
      }}
      data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
    />
  );
}

function SchemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { Icon } = SCHEMES.find(({ value }) => value === colorScheme) ?? SCHEMES[2];
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={32}
          radius="xl"
          aria-label={`${t('scheme.label')}: ${t(`scheme.${colorScheme}`)}`}
        >
          <Icon size={17} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value as MantineColorScheme)}
        >
          {SCHEMES.map(({ value, label, Icon: ItemIcon }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick
              rightSection={<ItemIcon size={16} stroke={1.7} />}
            >
              {t(label)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function Footer() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ['version'], queryFn: readVersion });
  return (
    <footer className={`page ${classes.footer}`}>
      <span>{t('app.footer')}</span>
      <span className="numbers">
        {data ? t('app.version', { version: data.version, model: data.engineModel }) : ' '}
      </span>
    </footer>
  );
}
