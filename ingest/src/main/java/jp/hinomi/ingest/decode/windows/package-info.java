/** Windows event logs and Sysmon as JSON, from whichever shipper. */
package jp.hinomi.ingest.decode.windows;
