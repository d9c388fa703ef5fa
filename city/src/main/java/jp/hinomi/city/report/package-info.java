/** What a report of an incident asks for, by when, and of whom: forms as data. Nothing here reads the clock. */
package jp.hinomi.city.report;
