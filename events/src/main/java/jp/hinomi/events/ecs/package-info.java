/** What the Elastic Common Schema 8.17 says: names and types of fields, and the allowed values of the classification. */
package jp.hinomi.events.ecs;
