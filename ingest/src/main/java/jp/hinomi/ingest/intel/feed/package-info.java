/** Feeds of threat intelligence: STIX bundles, TAXII servers, MISP feeds, CSV; and the topic into which they go. */
package jp.hinomi.ingest.intel.feed;
