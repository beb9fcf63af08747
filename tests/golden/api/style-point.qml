<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
<renderer-v2 type="categorizedSymbol" attr="status" symbollevels="0" forceraster="0" enableorderby="0">
<categories>
<category symbol="0" value="identification" type="string" label="Identification" render="true"/>
<category symbol="1" value="preparation" type="string" label="Preparation" render="true"/>
<category symbol="2" value="implementation" type="string" label="Implementation" render="true"/>
<category symbol="3" value="completion" type="string" label="Completion" render="true"/>
<category symbol="4" value="maintenance" type="string" label="Maintenance" render="true"/>
<category symbol="5" value="decommissioning" type="string" label="Decommissioning" render="true"/>
<category symbol="6" value="decommissioned" type="string" label="Decommissioned" render="true"/>
<category symbol="7" value="cancelled" type="string" label="Cancelled" render="true"/>
<category symbol="8" value="suspended" type="string" label="Suspended" render="true"/>
</categories>
<symbols>
<symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="86,180,233,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="pentagon"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="86,180,233,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="pentagon"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="230,159,0,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="triangle"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="230,159,0,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="triangle"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="0,114,178,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="0,114,178,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="circle"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="0,158,115,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="square"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="0,158,115,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="square"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="204,121,167,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="diamond"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="204,121,167,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="diamond"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="240,228,66,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="star"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="240,228,66,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="star"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="138,143,144,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="right_half_triangle"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="138,143,144,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="right_half_triangle"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="48,53,54,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="cross_fill"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="48,53,54,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="cross_fill"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="213,94,0,255"/>
<Option type="QString" name="outline_color" value="32,41,43,255"/>
<Option type="QString" name="name" value="hexagon"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.3"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="scale_method" value="diameter"/>
<Option type="QString" name="size" value="3.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="color" v="213,94,0,255"/>
<prop k="outline_color" v="32,41,43,255"/>
<prop k="name" v="hexagon"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.3"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="scale_method" v="diameter"/>
<prop k="size" v="3.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
</symbols>
<rotation/>
<sizescale/>
</renderer-v2>
<blendMode>0</blendMode>
<featureBlendMode>0</featureBlendMode>
<layerGeometryType>0</layerGeometryType>
</qgis>
