package jp.hinomi.standalone.command;

import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;

/** What every command needs: somewhere to print, and the words. */
public record Context(Terminal terminal, Texts texts) {}
