/**
 * What could be wrong or better in rules that can be read: logic, names, texts, tests, costs. Decisions are plain Java: they see
 * documents that were read before, and no clock.
 */
package jp.hinomi.rules.lint;
