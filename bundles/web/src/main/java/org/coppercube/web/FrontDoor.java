// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import org.coppercube.api.web.Web;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.http.context.ServletContextHelper;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContext;

/** The one servlet context: what selects it is reached through this door and through no other. */
@Component(service = ServletContextHelper.class)
@HttpWhiteboardContext(name = Web.CONTEXT, path = "/")
public final class FrontDoor extends ServletContextHelper {
}
