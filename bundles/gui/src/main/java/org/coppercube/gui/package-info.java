// SPDX-License-Identifier: Apache-2.0
/** The public status page, and the shell that shows the pages which bundles bring. */
@Capability(namespace = Web.PAGE, attribute = {
    Web.PAGE + "=trend-logs", "title=Trend logs", "module=trend-logs.js", "rank:Long=10"})
@Capability(namespace = Web.PAGE, attribute = {
    Web.PAGE + "=chart", "title=Chart", "module=chart.js", "rank:Long=20"})
package org.coppercube.gui;

import org.coppercube.api.web.Web;
import org.osgi.annotation.bundle.Capability;
